// The element <momentum-lab>, at the address that other pages use; it stays where `cargo xtask dist` puts it too.
export * from "./www/element/momentum-lab.js";

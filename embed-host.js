// What a page with labs in frames loads, at the address that it uses; it stays where `cargo xtask dist` puts it too.
export * from "./www/frame/embed-host.js";

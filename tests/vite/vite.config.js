export default {
  base: "./",
  build: { outDir: "../output/vite", emptyOutDir: true, target: "es2023" },
};

/** What wasm-bindgen writes: starts the program. */
declare namespace wasm_bindgen {
  function initSync(input: { module: WebAssembly.Module }): unknown;
}
declare function wasm_bindgen(input: { module_or_path: WebAssembly.Module | undefined }): Promise<unknown>;

/** What wasm-bindgen writes: starts the program. */
declare function wasm_bindgen(input: { module_or_path: WebAssembly.Module | undefined }): Promise<unknown>;

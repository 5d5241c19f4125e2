// Reads files beside the page: the same program once more, in a worker, where it shows nothing.
//
// The build puts this behind the script that connects the program with the browser, so that one file serves both. The page
// sends its compiled program first; nothing is loaded a second time.
if (typeof document === "undefined") {
  const scope = /** @type {DedicatedWorkerGlobalScope} */ (/** @type {unknown} */ (self));
  scope.onmessage = ({ data }) => {
    scope.onmessage = null;
    wasm_bindgen.initSync({ module: data });
  };
}

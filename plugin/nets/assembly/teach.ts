// The kernels that TensorFlow.js lacks on WASM. They work on pointers into its memory, which they import: no static data, no
// runtime, nothing kept between calls.
export { segmentSum } from "./segment";

// The kernels that TensorFlow.js lacks on WASM. They work on pointers into its memory, which they import: no static data, no
// runtime, nothing kept between calls.
export { conv2d, conv2dScratch } from "./convolve";
export { conv2dBack, conv2dBackScratch } from "./convolve-back";
export { conv2dFilter, conv2dFilterScratch } from "./convolve-filter";
export { depthwiseBack, depthwiseFilter } from "./depthwise";
export { maxPoolBack } from "./pool";
export { sumRows } from "./reduce";
export { segmentSum } from "./segment";

import { startAndTeach } from "./teach-on-wasm.ts";

self.onmessage = ({ data }: MessageEvent<string>) => {
  void startAndTeach(data).then((result) => self.postMessage(result));
};

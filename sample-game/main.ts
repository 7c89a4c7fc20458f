import { readPageOptions } from "./shell/page-options.ts";
import { ROOMS } from "./shell/rooms.ts";
import { Shell } from "./shell/shell.ts";

const loading = document.querySelector<HTMLElement>("#loading")!;
const shell = new Shell(
  document.querySelector<HTMLCanvasElement>("#stage")!,
  document.querySelector<HTMLElement>("#interface")!,
  ROOMS,
  readPageOptions(location.search),
);

shell.start().then(
  () => loading.remove(),
  (problem: unknown) => {
    console.error(problem);
    loading.classList.add("failed");
    loading.textContent = problem instanceof Error ? problem.message : String(problem);
  },
);

import { Curtain } from "./shell/curtain.ts";
import { readPageOptions } from "./shell/page-options.ts";
import { ROOMS } from "./shell/rooms.ts";
import { Shell } from "./shell/shell.ts";

const curtain = new Curtain(document.querySelector<HTMLElement>("#loading")!);
const shell = new Shell(
  document.querySelector<HTMLCanvasElement>("#stage")!,
  document.querySelector<HTMLElement>("#interface")!,
  { doors: ROOMS, options: readPageOptions(location.search), curtain },
);

shell.start().catch((problem: unknown) => curtain.fail(problem));

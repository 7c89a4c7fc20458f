import { servePainting } from "../../../plugin/paint-worker.ts";

servePainting();

import { servePlans } from "../../../plugin/worker.ts";

servePlans();

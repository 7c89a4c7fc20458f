import { loadHavok } from "../../plugin/headless.ts";
import { servePlans } from "../../plugin/worker.ts";

servePlans({ havok: loadHavok });

import havokUrl from "@babylonjs/havok/lib/esm/HavokPhysics.wasm?url";
import { loadHavok, servePlans } from "../../plugin/worker.ts";

servePlans({ havok: () => loadHavok(havokUrl) });

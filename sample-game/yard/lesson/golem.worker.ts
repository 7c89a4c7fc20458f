import havokUrl from "@babylonjs/havok/lib/esm/HavokPhysics.wasm?url";
import { loadHavok, serveLesson } from "../../../plugin/worker.ts";
import { yardLesson } from "./golem.lesson.ts";

// One of the workers in which the page teaches golems.
serveLesson(yardLesson, { havok: () => loadHavok(havokUrl) });

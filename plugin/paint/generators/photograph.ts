import { breathe } from "../../core/breathe.ts";
import { ConfigurationError } from "../../core/errors.ts";
import type { TextureGenerator } from "../texture-generator.ts";
import { assertOrder, picturesAs } from "./check-order.ts";
import { middleOf, scaledPicture } from "./fit-picture.ts";
import { lightSetting } from "./light-setting.ts";
import { picturePreview, surfacePreview } from "./preview.ts";
import { Settings } from "./settings.ts";
import type { EstimateOptions, FindEstimator } from "./surface-estimator.ts";

const WHO = 'Generator "photograph"';
const LEAST_SIDE = 16;

/**
 * The surface that a photograph shows: an estimate by a network, not a measurement. The picture itself stays as it is; one that
 * does not tile gives maps that do not.
 *
 * One picture as `"photograph"`; of one that has another shape than the result, the middle is taken. Settings: `edges`, `"wrap"` for a picture that tiles, `"cut"` (default)
 * for any other; `relief`, what a height of 1 means, in shorter sides of the picture, above 0 to 1, by default as it seems; `evenLight`, whether light
 * and shade are taken out of the colour, default true; `light`, from where the light comes in which it was taken: `"find"` (default, the
 * network tries it out), `"shade"`, or `{ azimuth }` in radians, 0 from the right and π/2 from the top.
 *
 * @param findEstimator - Gives the network; null where there is none, then every order is refused.
 */
export function photographGenerator(findEstimator: FindEstimator | null): TextureGenerator {
  return {
    name: "photograph",
    describe: "The surface that a photograph shows, as a network estimates it.",

    check(order) {
      assertOrder(WHO, order, ["photograph"], LEAST_SIDE);
      const { pictures } = order;
      if (pictures.length !== 1 || pictures[0].picture.channels !== 3) {
        const came =
          pictures.length === 1 ? `one of ${pictures[0].picture.channels} channels` : String(pictures.length || "none");
        throw new ConfigurationError(
          `${WHO}: needed one picture of 3 channels as "photograph", came ${came}. Read one with readPicture.`,
        );
      }
      const settings = new Settings(WHO, order.settings, ["edges", "relief", "evenLight", "light"]);
      const relief = settings.number("relief", 0, 1, undefined);
      if (relief === 0) settings.refuse("relief", "a number above 0", relief);
      const complete = {
        edges: settings.choice("edges", ["wrap", "cut"], "cut"),
        evenLight: settings.flag("evenLight", true),
        light: lightSetting(settings),
      };
      if (!findEstimator) {
        throw new ConfigurationError(
          `${WHO}: needed a network to estimate maps with, came none. Give servePainting an estimatorUrl.`,
        );
      }
      return { ...order, settings: relief === undefined ? complete : { ...complete, relief } };
    },

    async paint(order, { signal, onProgress } = {}) {
      const checked = this.check(order);
      signal?.throwIfAborted();
      const { picture } = picturesAs(checked, "photograph")[0];
      const fitted = scaledPicture(middleOf(picture, checked), checked);
      const report = (stage: string, done: number): void =>
        onProgress?.({ done, stage, preview: () => picturePreview(fitted) });
      report("Getting ready", 0);
      const estimator = await findEstimator!();
      await breathe();
      signal?.throwIfAborted();
      const told = checked.settings as Pick<EstimateOptions, "edges" | "evenLight" | "light" | "relief">;
      const maps = await estimator.estimate(fitted, {
        ...told,
        ...(signal ? { signal } : {}),
        onProgress: (done) => report("Estimating the surface", done),
      });
      onProgress?.({ done: 1, stage: "Done: an estimate", preview: () => surfacePreview(maps) });
      return maps;
    },
  };
}

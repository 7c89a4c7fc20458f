import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../../plugin/core/random.ts";
import { LIT_PHOTO_NET, PhotoNet } from "../../../plugin/paint/photograph/photo-net.ts";

/** How much of what is drawn for the light's filters stays: little, so that what was learned goes on working. */
const SHARE = 0.5;

/**
 * A network that is told the light, with all that another has learned which is not. The other stays the caller's.
 *
 * @param random - Draws what it thinks of the light at first.
 */
export function withToldLight(net: PhotoNet, random: Random): PhotoNet {
  const { widths, blocks } = net.spec;
  const lit = new PhotoNet(random, { ...LIT_PHOTO_NET, widths, blocks });
  tf.tidy(() => {
    lit.parameters.variables.forEach((variable, i) => {
      const learned = net.parameters.variables[i];
      const [rows, columns, inputs, channels] = variable.shape;
      if (variable.size === learned.size) return variable.assign(tf.clone(learned));
      // The first filters alone: colours, then the light.
      const colours = learned.shape[2]!;
      const light = tf.slice(variable, [0, 0, colours, 0], [rows, columns, inputs - colours, channels]);
      variable.assign(tf.concat([learned, tf.mul(light, SHARE)], 2));
    });
  });
  return lit;
}

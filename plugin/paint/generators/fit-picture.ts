import { cropped, picture, type Picture } from "../picture.ts";
import { resized } from "../synthesis/resized.ts";

/** A size in pixels. */
interface Size {
  readonly width: number;
  readonly height: number;
}

/** The picture at another size, with values held in [0, 1]; itself if it has that size. */
export function scaledPicture(source: Picture, { width, height }: Size): Picture {
  if (source.width === width && source.height === height) return source;
  const result = resized(source, height, width, "cut");
  const { pixels } = result;
  for (let i = 0; i < pixels.length; i++) pixels[i] = pixels[i] < 0 ? 0 : pixels[i] > 1 ? 1 : pixels[i];
  return result;
}

/** The picture at another size without new colours, for guides and masks; itself if it has that size. */
export function nearestPicture(source: Picture, { width, height }: Size): Picture {
  if (source.width === width && source.height === height) return source;
  const { channels } = source;
  const result = picture(height, width, channels);
  for (let row = 0, to = 0; row < height; row++) {
    const y = Math.floor(((row + 0.5) * source.height) / height);
    for (let column = 0; column < width; column++, to += channels) {
      const x = Math.floor(((column + 0.5) * source.width) / width);
      const from = (y * source.width + x) * channels;
      for (let channel = 0; channel < channels; channel++) result.pixels[to + channel] = source.pixels[from + channel];
    }
  }
  return result;
}

/** The largest part in the middle that has the shape of a size. */
export function middleOf(source: Picture, { width, height }: Size): Picture {
  const scale = Math.min(source.width / width, source.height / height);
  const columns = Math.max(1, Math.round(width * scale));
  const rows = Math.max(1, Math.round(height * scale));
  if (columns === source.width && rows === source.height) return source;
  const left = Math.floor((source.width - columns) / 2);
  const top = Math.floor((source.height - rows) / 2);
  return cropped(source, top, left, rows, columns);
}

/** One channel of a picture, as a picture. */
export function channelOf(source: Picture, channel: number): Picture {
  if (source.channels === 1) return source;
  const result = picture(source.height, source.width, 1);
  for (let i = 0, from = channel; i < result.pixels.length; i++, from += source.channels) {
    result.pixels[i] = source.pixels[from];
  }
  return result;
}

/** Pictures of one size on top of each other: their channels side by side. */
export function stacked(layers: readonly Picture[]): Picture {
  const { height, width } = layers[0];
  const channels = layers.reduce((sum, layer) => sum + layer.channels, 0);
  const result = picture(height, width, channels);
  let first = 0;
  for (const layer of layers) {
    for (let i = 0; i < height * width; i++) {
      for (let channel = 0; channel < layer.channels; channel++) {
        result.pixels[i * channels + first + channel] = layer.pixels[i * layer.channels + channel];
      }
    }
    first += layer.channels;
  }
  return result;
}

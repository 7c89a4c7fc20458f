import { UnsupportedError } from "../core/errors.ts";
import { imageParts } from "../core/observation-spec.ts";
import type { RoleSpec } from "../core/role-spec.ts";

/**
 * @param advice - What to do instead.
 * @throws UnsupportedError when agents of the role see pictures: fused kernels learn from numbers only.
 */
export function assertNoPictures(role: RoleSpec, who: string, advice = 'Learn with device "tfjs".'): void {
  const [picture] = imageParts(role.observation);
  if (!picture) return;
  throw new UnsupportedError(
    `${who}: needed observations that are numbers, came the picture "${picture.label}". ${advice}`,
  );
}

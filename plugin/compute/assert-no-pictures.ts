import { UnsupportedError } from "../core/errors.ts";
import { imageParts } from "../core/observation-spec.ts";
import type { RoleSpec } from "../core/role-spec.ts";

/** @throws UnsupportedError when agents of the role see pictures: fused kernels learn from numbers only. */
export function assertNoPictures(role: RoleSpec, who: string): void {
  const [picture] = imageParts(role.observation);
  if (!picture) return;
  throw new UnsupportedError(
    `${who}: needed observations that are numbers, came the picture "${picture.label}". Learn with device "tfjs".`,
  );
}

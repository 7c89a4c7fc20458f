import { materialFingerprints } from "../../paint/fingerprint.ts";

declare global {
  /** Makes every class of material in this browser: a number for each that any changed bit changes. */
  var materialFingerprintsHere: typeof materialFingerprints;
}

globalThis.materialFingerprintsHere = materialFingerprints;

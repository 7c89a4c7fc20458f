/** Lets the browser save a file, as if it had been downloaded. */
export function offerFile(name: string, type: string, content: BlobPart): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads it before the next task.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}

/*
 * Runs on the page and in its workers before anything else: writes down every WebAssembly memory, without keeping it
 * alive. Plain JavaScript, since its text is handed to the browser as it is. (The DevTools protocol's
 * `Runtime.queryObjects` would need nothing here, but does not come back on the game's page in Chromium 156.)
 */
{
  const { WebAssembly } = globalThis;
  const memories = [];
  const wrap =
    (instantiate) =>
    async (...given) => {
      const made = await instantiate(...given);
      for (const thing of Object.values((made.instance ?? made).exports ?? {})) {
        if (thing instanceof WebAssembly.Memory) memories.push(new WeakRef(thing));
      }
      return made;
    };
  WebAssembly.instantiate = wrap(WebAssembly.instantiate);
  WebAssembly.instantiateStreaming = wrap(WebAssembly.instantiateStreaming);
  globalThis.liveMemories = () => memories.flatMap((memory) => memory.deref()?.buffer.byteLength ?? []);
}

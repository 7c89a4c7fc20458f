/** A watch over a page's tasks. */
export interface TaskWatch {
  /** Ends it; gives the longest task in milliseconds, 0 where all were shorter than 50. */
  stop(): Promise<number>;
}

/** Collects the tasks of this page that take longer than 50 ms, from now on. */
export function watchTasks(): TaskWatch {
  let longest = 0;
  const look = (entries: PerformanceEntryList): void => {
    for (const { duration } of entries) longest = Math.max(longest, duration);
  };
  const observer = new PerformanceObserver((list) => look(list.getEntries()));
  observer.observe({ type: "longtask" });
  return {
    async stop() {
      await new Promise((resolve) => setTimeout(resolve, 200));
      look(observer.takeRecords());
      observer.disconnect();
      return longest;
    },
  };
}

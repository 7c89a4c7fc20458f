import { expect, test } from "vitest";
import { Observable } from "../../plugin/core/observable.ts";

test("listeners hear values in the order in which they were added", () => {
  const heard: string[] = [];
  const observable = new Observable<number>();
  observable.add((value) => heard.push(`a${value}`));
  observable.add((value) => heard.push(`b${value}`));
  observable.notifyObservers(1);
  expect(heard).toEqual(["a1", "b1"]);
});

test("a removed listener hears nothing, and may be removed again", () => {
  const heard: number[] = [];
  const observable = new Observable<number>();
  const observer = observable.add((value) => heard.push(value));
  observer.remove();
  observer.remove();
  observable.notifyObservers(1);
  expect(heard).toEqual([]);
  expect(observable.observerCount).toBe(0);
});

test("the same function added twice is two listeners", () => {
  let calls = 0;
  const listener = (): void => {
    calls++;
  };
  const observable = new Observable<number>();
  observable.add(listener).remove();
  observable.add(listener);
  observable.add(listener);
  observable.notifyObservers(1);
  expect(calls).toBe(2);
});

test("a listener for once hears one value", () => {
  const heard: number[] = [];
  const observable = new Observable<number>();
  observable.addOnce((value) => heard.push(value));
  observable.notifyObservers(1);
  observable.notifyObservers(2);
  expect(heard).toEqual([1]);
});

test("a listener for once that notifies again does not call itself", () => {
  const heard: number[] = [];
  const observable = new Observable<number>();
  observable.addOnce((value) => {
    heard.push(value);
    observable.notifyObservers(value + 1);
  });
  observable.notifyObservers(1);
  expect(heard).toEqual([1]);
});

test("a listener added while others are told hears the next value", () => {
  const heard: number[] = [];
  const observable = new Observable<number>();
  observable.addOnce(() => observable.add((value) => heard.push(value)));
  observable.notifyObservers(1);
  observable.notifyObservers(2);
  expect(heard).toEqual([2]);
});

test("clearing removes everybody", () => {
  const observable = new Observable<number>();
  observable.add(() => {
    throw new Error("called");
  });
  expect(observable.hasObservers()).toBe(true);
  observable.clear();
  observable.notifyObservers(1);
  expect(observable.hasObservers()).toBe(false);
});

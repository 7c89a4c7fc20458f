import { expect, it } from "vitest";
import * as errors from "../../plugin/core/errors.ts";
import { fromFailure, toFailure } from "../../plugin/core/failure.ts";

it.each(Object.values(errors))("%o keeps its class and its message on the way from a worker", (Class) => {
  const error = fromFailure(structuredClone(toFailure(new Class("who: needed, came. do."))));
  expect(error).toBeInstanceOf(Class);
  expect(error.message).toBe("who: needed, came. do.");
});

it("an error of another class arrives as an Error, with the worker's stack as its cause", () => {
  const thrown = new RangeError("too far");
  const error = fromFailure(toFailure(thrown));
  expect([error.constructor, error.message, error.cause]).toEqual([Error, "too far", thrown.stack]);
});

it("something that is no error arrives as its text", () => {
  expect(fromFailure(toFailure("just text")).message).toBe("just text");
});

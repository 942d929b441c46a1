import { expect, it } from "vitest";
import { ApiError } from "@/shared/api/http";
import { explain } from "./explain";
import { en } from "./i18n/en";
import { ko } from "./i18n/ko";
import { clock, timeLeft } from "./time";

it("puts a Korean sentence before English words of the service, and repeats nothing", () => {
  const error = new ApiError(400, "book.epub: it is locked. Take a copy without DRM.", {
    where: "book.epub",
    cure: "Take a copy without DRM.",
    permanent: true,
  });
  const inKorean = explain(error, ko.error, "ko");
  expect(inKorean.what).toBe(ko.error.refused);
  expect(inKorean.details).toEqual([error.message]);
  expect(explain(error, en.error, "en")).toEqual({ what: error.message, details: [] });
});

it("has words for silence, for full disks and for what nobody foresaw", () => {
  expect(explain(new ApiError(0, ""), ko.error, "ko").what).toBe(ko.error.offline);
  expect(explain(new ApiError(507, ""), ko.error, "ko").what).toBe(ko.error.full);
  expect(explain(new ApiError(502, ""), ko.error, "ko").what).toBe(ko.error.server);
  expect(explain(new RangeError("x"), en.error, "en").what).toBe(en.error.unknown);
});

it("says nothing twice, in another language, of what is not there", () => {
  const gone = new ApiError(404, "There is nothing here; it was deleted or never was.");
  expect(explain(gone, ko.error, "ko")).toEqual({ what: ko.error.missing, details: [] });
});

it("tells times as clocks and as coarse words", () => {
  expect([clock(0), clock(65_000), clock(3_605_000)]).toEqual(["0:00", "1:05", "1:00:05"]);
  const words = [3, 42, 58, 600, 5400].map((seconds) => timeLeft(seconds, ko.production));
  expect(words).toEqual(["5초", "45초", "약 1분", "약 10분", "약 1시간 30분"]);
});

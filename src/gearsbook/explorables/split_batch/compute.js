// A batch split over workers: time to compute, time to add up the gradients, speed-up.

import { clamp, grouped, notAmong, notNumber, notWhole } from "../parts/numbers.js";

/**
 * @typedef {object} State
 * @property {number} workers
 * @property {number} batch
 * @property {number} parameters
 * @property {number} per_sample
 * @property {number} fixed
 * @property {string} link
 */

export const MOST = 8; // workers
export const WORKERS = Array.from({ length: MOST }, (_, at) => at + 1);
/** The link between two workers: bytes a second, and seconds until the first of them arrives. */
export const LINKS = { machine: [5e9, 2e-5], fast: [1.25e9, 5e-5], office: [1.25e8, 1e-4], wifi: [1.25e7, 3e-3] };

/**
 * How many samples each worker has: as even as can be, the first ones one more.
 *
 * @param {number} batch
 * @param {number} workers
 */
export function shares(batch, workers) {
  return Array.from({ length: workers }, (_, at) => Math.floor(batch / workers) + (at < batch % workers ? 1 : 0));
}

/**
 * Seconds of a step with so many workers: computing at the slowest one, and adding up the gradients.
 *
 * @param {State} state
 * @param {number} workers
 */
export function stepTime({ batch, parameters, per_sample, fixed, link }, workers) {
  const [bandwidth, latency] = LINKS[link];
  const sent = ((2 * (workers - 1)) / workers) * 4 * parameters;
  return [fixed + Math.ceil(batch / workers) * per_sample, sent / bandwidth + 2 * (workers - 1) * latency];
}

/**
 * How far the all-reduce is, once a share of it is over: how many rounds, and how far the messages of the next one.
 * In each, every worker sends an n-th of the gradients to the next one in the ring.
 *
 * @param {number} workers
 * @param {number} share
 */
export function ring(workers, share) {
  const rounds = 2 * (workers - 1),
    done = Math.min(Math.floor(share * rounds), rounds - 1);
  return { rounds, done, way: share * rounds - done };
}

/**
 * Seconds of a step with 1 to 8 workers.
 *
 * @param {any} state
 */
export function stepTimes(state) {
  return WORKERS.map((n) => {
    const [computing, adding] = stepTime(state, n);
    return computing + adding;
  });
}

/**
 * How many times as fast as one worker 1 to 8 of them are.
 *
 * @param {State} state
 */
export function speedUps(state) {
  const times = stepTimes(state);
  return times.map((time) => times[0] / time);
}

/**
 * The number of workers that is fastest; of several the smallest.
 *
 * @param {number[]} speed
 */
export function fastest(speed) {
  return speed.indexOf(Math.max(...speed)) + 1;
}

/**
 * A unit that suits so many seconds, and how many of it are in one.
 *
 * @param {number} seconds
 * @returns {[string, number]}
 */
export function unitOf(seconds) {
  if (seconds * 1e6 < 999.5) return ["µs", 1e6];
  return seconds * 1e3 < 999.5 ? ["ms", 1e3] : ["s", 1];
}

/**
 * A time with two digits at least.
 *
 * @param {number} seconds
 */
export function duration(seconds) {
  const [unit, scale] = unitOf(seconds),
    value = seconds * scale;
  const digits = value < 9.95 ? (Math.floor(value * 10 + 0.5) / 10).toFixed(1) : grouped(Math.floor(value + 0.5));
  return `${digits}\u00a0${unit}`;
}

/**
 * How many times as much, with two decimals if it is less than a hundred.
 *
 * @param {number} value
 */
export function ratio(value) {
  return value < 99.995 ? (Math.floor(value * 100 + 0.5) / 100).toFixed(2) : grouped(Math.floor(value + 0.5));
}

/**
 * Round values from 0 on, four or five of them up to `most`.
 *
 * @param {number} most
 */
export function ticks(most) {
  const power = 10 ** Math.floor(Math.log10(most / 4)),
    step = [5, 2, 1].map((digit) => digit * power).find((size) => size <= most / 4) ?? power;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, at) => Number((at * step).toPrecision(6)));
}

/**
 * The place of the nearest of some values, by their ratio.
 *
 * @param {number[]} values
 * @param {number} value
 */
export function nearest(values, value) {
  const far = values.map((one) => Math.abs(Math.log(one / value)));
  return far.indexOf(Math.min(...far));
}

/**
 * The workers that a key leads to; null for any other key.
 *
 * @param {number} workers
 * @param {string} key
 */
export function step(workers, key) {
  const target = {
    ArrowLeft: workers - 1,
    ArrowDown: workers - 1,
    ArrowRight: workers + 1,
    ArrowUp: workers + 1,
    Home: 1,
    End: MOST,
  }[key];
  return target === undefined ? null : { workers: clamp(target, 1, MOST) };
}

/**
 * What is wrong with a state; null if nothing is.
 *
 * @param {State} state
 */
export function problem({ workers, batch, parameters, per_sample, fixed, link }) {
  return (
    notWhole("workers", workers, 1, MOST) ??
    notWhole("batch", batch, 1, 65536) ??
    notWhole("parameters", parameters, 1, 1e10) ??
    notNumber("per_sample", per_sample, 1e-7, 1) ??
    notNumber("fixed", fixed, 0, 10) ??
    notAmong("link", link, Object.keys(LINKS))
  );
}

/**
 * What each worker does, how long it takes, how much it gains, and where it stops.
 *
 * @param {typeof import("./words.js").WORDS.en} words
 * @param {State} state
 */
export function sentence(words, state) {
  const { workers, batch } = state,
    speed = speedUps(state);
  const [computing, adding] = stepTime(state, workers).map(duration);
  const facts = {
    workers,
    batch,
    computing,
    adding,
    samples: words.samples(Math.ceil(batch / workers)),
    parameters: grouped(state.parameters),
    link: words.over[state.link],
  };
  const share = workers === 1 ? "alone" : batch < workers ? "idle" : batch % workers ? "uneven" : "even";
  let said = words[share](facts);
  if (workers > 1) {
    const gain = speed[workers - 1],
      percent = gain / workers < 0.005 ? "<1" : Math.floor((100 * gain) / workers + 0.5);
    said += words.times(facts) + words[gain >= 1 ? "faster" : "slower"](ratio(Math.max(gain, 1 / gain)), percent);
  }
  const best = fastest(speed);
  const stop =
    best === 1 ? "single" : best < MOST ? (workers === best ? "best" : "inside") : workers === best ? "all" : "end";
  return said + words[stop](best, ratio(speed[best - 1]));
}

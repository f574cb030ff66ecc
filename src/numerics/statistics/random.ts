/**
 * Random numbers that are the same everywhere for the same seed. The generator is xoshiro128** 1.1 (Blackman and Vigna,
 * “Scrambled Linear Pseudorandom Number Generators”, ACM TOMS 47, 2021), its state filled by SplitMix32.
 */
export interface Random {
  /** A number in [0, 1) with 32 random bits. */
  next(): number;
}

export function createRandom(seed: number): Random {
  let mix = seed | 0;
  const word = () => {
    mix = (mix + 0x9e3779b9) | 0;
    let z = mix ^ (mix >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return z ^ (z >>> 15);
  };
  let a = word();
  let b = word();
  let c = word();
  let d = word();
  const next = () => {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result / 4_294_967_296;
  };
  return { next };
}

/** A number in (0, 1), for logarithms. */
function open(random: Random): number {
  return (random.next() * 4_294_967_296 + 0.5) / 4_294_967_296;
}

/** A whole number from 0 to `below` − 1. */
export function integer(random: Random, below: number): number {
  return Math.floor(random.next() * below);
}

/** Standard normal, by Marsaglia's polar method (SIAM Review 6, 1964). */
export function normal(random: Random): number {
  for (;;) {
    const x = 2 * random.next() - 1;
    const y = 2 * random.next() - 1;
    const s = x * x + y * y;
    if (s > 0 && s < 1) return x * Math.sqrt((-2 * Math.log(s)) / s);
  }
}

/** Gamma with mean `shape` × `scale`: Marsaglia and Tsang, ACM TOMS 26 (2000). */
export function gamma(random: Random, shape: number, scale: number): number {
  if (shape <= 0 || scale <= 0) return 0;
  if (shape < 1) return gamma(random, shape + 1, scale) * open(random) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(open(random)) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v * scale;
  }
}

const logFactorials = [0, 0];

/** ln(n!): summed for small n, Stirling's series beyond. */
function logFactorial(n: number): number {
  if (n > 255) return (n + 0.5) * Math.log(n) - n + 0.9189385332046727 + 1 / (12 * n) - 1 / (360 * n ** 3);
  for (let i = logFactorials.length; i <= n; i++) logFactorials.push(logFactorials[i - 1]! + Math.log(i));
  return logFactorials[n]!;
}

/** Poisson: by multiplication for small means (Knuth), else Hörmann's PTRS (Insurance: Mathematics and Economics 12, 1993). */
export function poisson(random: Random, mean: number): number {
  if (mean <= 0) return 0;
  if (mean < 10) {
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = random.next(); product > limit; product *= random.next()) count++;
    return count;
  }
  const root = Math.sqrt(mean);
  const b = 0.931 + 2.53 * root;
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const vr = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = random.next() - 0.5;
    const v = open(random);
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= vr) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    if (Math.log((v * inverseAlpha) / (a / (us * us) + b)) <= k * Math.log(mean) - mean - logFactorial(k)) return k;
  }
}

/** Binomial: trial by trial for few trials, by the waiting time between successes for few successes, else by the normal law. */
export function binomial(random: Random, trials: number, probability: number): number {
  if (trials <= 0 || probability <= 0) return 0;
  if (probability >= 1) return trials;
  if (probability > 0.5) return trials - binomial(random, trials, 1 - probability);
  let successes = 0;
  if (trials <= 16) {
    for (let i = 0; i < trials; i++) if (random.next() < probability) successes++;
    return successes;
  }
  const mean = trials * probability;
  if (mean < 20) {
    const log = Math.log1p(-probability);
    for (let at = Math.ceil(Math.log(open(random)) / log); at <= trials; at += Math.max(1, Math.ceil(Math.log(open(random)) / log))) successes++;
    return successes;
  }
  const drawn = Math.round(mean + Math.sqrt(mean * (1 - probability)) * normal(random));
  return Math.min(trials, Math.max(0, drawn));
}

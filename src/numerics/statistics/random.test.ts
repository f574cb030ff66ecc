import { expect, test } from 'vitest';
import { binomial, createRandom, gamma, integer, normal, poisson, type Random } from './random.ts';

/** Moments of each law, within five standard errors of the drawn mean and a wide band for the variance. */
function check(draw: (random: Random) => number, mean: number, variance: number): void {
  const random = createRandom(11);
  const n = 40_000;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const x = draw(random);
    sum += x;
    squares += (x - mean) ** 2;
  }
  expect(Math.abs(sum / n - mean)).toBeLessThan(5 * Math.sqrt(variance / n) + 1e-12);
  expect(Math.abs(squares / n / variance - 1)).toBeLessThan(0.08);
}

test('the same seed gives the same numbers, another seed others', () => {
  const draw = (seed: number) =>
    Array.from(
      { length: 5 },
      (
        (random) => () =>
          random.next()
      )(createRandom(seed)),
    );
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
  expect(draw(0).every((x) => x >= 0 && x < 1)).toBe(true);
});

test('uniform', () => check((random) => random.next(), 1 / 2, 1 / 12));
test('whole numbers', () => check((random) => integer(random, 6), 2.5, 35 / 12));
test('normal', () => check(normal, 0, 1));
test.each([
  [0.3, 2],
  [1, 5],
  [4.5, 0.5],
  [300, 0.1],
])('gamma with shape %d and scale %d', (shape, scale) => check((random) => gamma(random, shape, scale), shape * scale, shape * scale * scale));
test.each([0.05, 3, 9.9, 10, 42.5, 400, 9000])('Poisson with mean %d', (mean) => check((random) => poisson(random, mean), mean, mean));
test.each([
  [5, 0.3],
  [16, 0.9],
  [40, 0.05],
  [60, 0.5],
  [1000, 0.01],
  [1000, 0.4],
])('binomial with %d trials of %d', (n, p) => check((random) => binomial(random, n, p), n * p, n * p * (1 - p)));

test('Poisson probabilities are the law’s, not only its moments', () => {
  const random = createRandom(3);
  const mean = 12;
  const counts = new Map<number, number>();
  const n = 60_000;
  for (let i = 0; i < n; i++) {
    const k = poisson(random, mean);
    counts.set(k, (counts.get(k) ?? 0) + 1);
  }
  let chi = 0;
  let p = Math.exp(-mean);
  for (let k = 1; k <= 24; k++) {
    p *= mean / k;
    if (k >= 4) chi += ((counts.get(k) ?? 0) - n * p) ** 2 / (n * p);
  }
  // 21 cells: the 99.9 % point of chi-square with 20 degrees is 45.3.
  expect(chi).toBeLessThan(45.3);
});

test('the edges give nothing or all', () => {
  const random = createRandom(1);
  expect([poisson(random, 0), binomial(random, 0, 0.5), binomial(random, 7, 1), binomial(random, 7, 0), gamma(random, 0, 1)]).toEqual([
    0, 0, 7, 0, 0,
  ]);
});

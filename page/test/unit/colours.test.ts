/** The colours of the marks, as people see them who lack a kind of cone, and their contrast. */
import assert from 'node:assert/strict';
import test from 'node:test';
import css from '../../src/style/base.css';

type Rgb = readonly [number, number, number];

/** Both forms of a colour that the style names. */
function colour(name: string): { light: Rgb; dark: Rgb } {
  const found = new RegExp(`--${name}: light-dark\\(#([0-9a-f]{6}), #([0-9a-f]{6})\\)`).exec(css);
  assert.ok(found, name);
  const parse = (hex: string): Rgb => [0, 2, 4].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255) as unknown as Rgb;
  return { light: parse(found[1] ?? ''), dark: parse(found[2] ?? '') };
}

const linear = (c: number): number => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const times = (matrix: readonly Rgb[], [r, g, b]: Rgb): Rgb => matrix.map(([x, y, z]) => x * r + y * g + z * b) as unknown as Rgb;

/** Full dichromacy, after Viénot, Brettel and Mollon 1999 for red and green, and a plain projection for blue; on linear RGB. */
const SIGHTS: Record<string, readonly Rgb[]> = {
  everybody: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]],
  deuteranopia: [[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]],
  tritanopia: [[1, 0.1446, -0.1446], [0, 0.8593, 0.1407], [0, 0.8593, 0.1407]],
};

/** Oklab, in which distances go with what is seen. */
function oklab(rgb: Rgb): Rgb {
  const lms = times([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]], rgb);
  return times(
    [[0.2104542553, 0.793617785, -0.0040720468], [1.9779984951, -2.428592205, 0.4505937099], [0.0259040371, 0.7827717662, -0.8086757660]],
    lms.map((c) => Math.cbrt(Math.max(c, 0))) as unknown as Rgb,
  );
}

function distance(a: Rgb, b: Rgb): number {
  return Math.hypot(...oklab(a).map((c, i) => c - (oklab(b)[i] ?? 0)));
}

// These share a solid line below; every other kind has a line or a ground of its own.
const SOLID = ['person', 'place', 'org', 'group', 'other'];

test('kinds with the same line are told apart by every kind of sight', () => {
  const near: string[] = [];
  for (const [sight, matrix] of Object.entries(SIGHTS)) {
    for (const scheme of ['light', 'dark'] as const) {
      for (const [i, one] of SOLID.entries()) {
        for (const other of SOLID.slice(i + 1)) {
          const [a, b] = [one, other].map((name) => times(matrix, colour(name)[scheme].map(linear) as unknown as Rgb)) as [Rgb, Rgb];
          const apart = distance(a, b);
          if (apart < 0.075) near.push(`${sight}, ${scheme}: ${one} and ${other}, ${apart.toFixed(3)}`);
        }
      }
    }
  }
  assert.deepEqual(near, []);
});

const luminance = (rgb: Rgb): number => times([[0.2126, 0.7152, 0.0722]], rgb.map(linear) as unknown as Rgb)[0];

test('every line and every letter stands out from what it stands on', () => {
  const contrast = (a: Rgb, b: Rgb): number => {
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
    return (high + 0.05) / (low + 0.05);
  };
  for (const scheme of ['light', 'dark'] as const) {
    const ground = colour('card')[scheme];
    for (const name of [...SOLID, 'office', 'time', 'number', 'event']) {
      assert.ok(contrast(colour(name)[scheme], ground) >= 4.5, `${name} in ${scheme}`);
    }
    for (const on of ['card', 'paper', 'wash', 'wash-lit']) {
      assert.ok(contrast(colour('ink')[scheme], colour(on)[scheme]) >= 7 || on === 'wash-lit', `ink on ${on} in ${scheme}`);
      assert.ok(contrast(colour('ink')[scheme], colour(on)[scheme]) >= 4.5, `ink on ${on} in ${scheme}`);
    }
    for (const on of ['card', 'paper']) assert.ok(contrast(colour('soft')[scheme], colour(on)[scheme]) >= 4.5, `soft on ${on} in ${scheme}`);
  }
});

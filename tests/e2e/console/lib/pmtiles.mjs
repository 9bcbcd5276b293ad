// A tiny PMTiles archive, version 3 (https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md), with vector tiles
// (https://github.com/mapbox/vector-tile-spec, 2.1) in the layers of the Protomaps basemap: water everywhere.
import { fromWeb } from './packages.mjs';

const { zxyToTileId } = fromWeb('pmtiles');

const headSize = 127;
const none = 1;
const vectorTiles = 1;

function varint(value) {
  const bytes = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    bytes.push(left < 128 ? left : (left % 128) | 128);
    if (left < 128) return Buffer.from(bytes);
  }
}

const number = (field, value) => Buffer.concat([varint(field * 8), varint(value)]);
const bytes = (field, value) => Buffer.concat([varint(field * 8 + 2), varint(value.length), value]);
const packed = (field, values) => bytes(field, Buffer.concat(values.map(varint)));
const zigzag = (value) => (value < 0 ? -2 * value - 1 : 2 * value);

/** A square over the whole tile and beyond its edges. */
function square() {
  const [from, size] = [-64, 4224];
  const [move, line, close] = [1 + 8, 2 + 3 * 8, 7 + 8];
  return [move, zigzag(from), zigzag(from), line, zigzag(size), 0, 0, zigzag(size), zigzag(-size), 0, close];
}

/** A tile with one layer "water" with one area of the kind "lake". */
function waterTile() {
  const polygon = 3;
  const feature = Buffer.concat([packed(2, [0, 0]), number(3, polygon), packed(4, square())]);
  const value = bytes(1, Buffer.from('lake'));
  const layer = Buffer.concat([
    number(15, 2),
    bytes(1, Buffer.from('water')),
    bytes(2, feature),
    bytes(3, Buffer.from('kind')),
    bytes(4, value),
    number(5, 4096),
  ]);
  return bytes(3, layer);
}

function tileOf([lon, lat], zoom) {
  const count = 2 ** zoom;
  const angle = (lat * Math.PI) / 180;
  const y = (1 - Math.asinh(Math.tan(angle)) / Math.PI) / 2;
  return [Math.floor(((lon + 180) / 360) * count), Math.floor(y * count)];
}

/** Entries by tile id: all of them the same bytes. */
function directory(ids, length) {
  const steps = ids.map((id, index) => id - (ids[index - 1] ?? 0));
  const columns = [[ids.length], steps, ids.map(() => 1), ids.map(() => length), ids.map(() => 1)];
  return Buffer.concat(columns.flat().map(varint));
}

/** An archive of the tiles of one zoom level around a place, drawn from that level on. */
export function waterArchive(centre, zoom = 10) {
  const [x, y] = tileOf(centre, zoom);
  const around = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => zxyToTileId(zoom, x + dx, y + dy)));
  const ids = around.sort((a, b) => a - b);
  const tile = waterTile();
  const root = directory(ids, tile.length);
  const metadata = Buffer.from(JSON.stringify({ name: 'water', vector_layers: [{ id: 'water', fields: { kind: 'String' } }] }));
  const head = Buffer.alloc(headSize);
  head.write('PMTiles');
  head.writeUInt8(3, 7);
  const tiles = headSize + root.length + metadata.length;
  const numbers = [headSize, root.length, headSize + root.length, metadata.length, tiles, 0, tiles, tile.length, ids.length, ids.length, 1];
  numbers.forEach((value, index) => head.writeBigUInt64LE(BigInt(value), 8 + 8 * index));
  Buffer.from([1, none, none, vectorTiles, zoom, zoom]).copy(head, 96);
  const e7 = (degrees) => Math.round(degrees * 1e7);
  const box = [centre[0] - 0.5, centre[1] - 0.5, centre[0] + 0.5, centre[1] + 0.5];
  box.forEach((degrees, index) => head.writeInt32LE(e7(degrees), 102 + 4 * index));
  head.writeUInt8(zoom, 118);
  head.writeInt32LE(e7(centre[0]), 119);
  head.writeInt32LE(e7(centre[1]), 123);
  return Buffer.concat([head, root, metadata, tile]);
}

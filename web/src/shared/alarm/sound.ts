/** One sound of a pattern: when it begins, how long it is (seconds) and its pitch (Hz). */
interface Tone {
  at: number;
  length: number;
  pitch: number;
}

/** Gravity 4: two falling tones. Gravity 5: three quick rising ones, twice. Told apart without looking. */
const patterns: Record<4 | 5, readonly Tone[]> = {
  4: [
    { at: 0, length: 0.16, pitch: 740 },
    { at: 0.2, length: 0.24, pitch: 554 },
  ],
  5: [0, 0.55].flatMap((start) => [
    { at: start, length: 0.1, pitch: 660 },
    { at: start + 0.13, length: 0.1, pitch: 880 },
    { at: start + 0.26, length: 0.16, pitch: 1175 },
  ]),
};
const repeatAfterMs = { 4: 12_000, 5: 5000 };
const volume = 0.22;
const edge = 0.015;

let context: AudioContext | null = null;
let timer: ReturnType<typeof setInterval> | undefined;
let sounding: number | null = null;

function play(gravity: 4 | 5): void {
  context ??= new AudioContext();
  if (context.state === 'suspended') void context.resume();
  for (const tone of patterns[gravity]) {
    const start = context.currentTime + 0.02 + tone.at;
    const gain = context.createGain();
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(volume, start + edge);
    gain.gain.setValueAtTime(volume, start + tone.length - edge);
    gain.gain.linearRampToValueAtTime(0, start + tone.length);
    const oscillator = context.createOscillator();
    oscillator.type = 'triangle';
    oscillator.frequency.value = tone.pitch;
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(start);
    oscillator.stop(start + tone.length);
  }
}

/** Sounds the pattern of this gravity, again and again, until told another or null. */
export function sound(gravity: number | null): void {
  if (gravity === sounding) return;
  clearInterval(timer);
  sounding = gravity;
  if (gravity !== 4 && gravity !== 5) return;
  play(gravity);
  timer = setInterval(() => play(gravity), repeatAfterMs[gravity]);
}

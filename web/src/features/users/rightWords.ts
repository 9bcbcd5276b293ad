import { userTexts } from './texts';

/** What a right allows, in words. */
export function rightWords(right: string): string {
  const key = `rightName.${right}`;
  return userTexts.has(key) ? userTexts.t(key) : right;
}

import { fetchBytes } from '@/shared/api';

/** Hands a file to the browser's downloads. */
export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export async function downloadCsv(path: string, name: string): Promise<void> {
  const response = await fetchBytes(path);
  saveFile(await response.blob(), name);
}

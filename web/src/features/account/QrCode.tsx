import qrcode from 'qrcode-generator';
import { useMemo } from 'react';

import styles from './Account.module.css';

/** A QR code as one SVG path. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => {
    const code = qrcode(0, 'M');
    code.addData(text);
    code.make();
    const count = code.getModuleCount();
    const indices = Array.from({ length: count }, (_, index) => index);
    const squares = indices.flatMap((row) =>
      indices.filter((column) => code.isDark(row, column)).map((column) => `M${column} ${row}h1v1h-1z`),
    );
    return { size: count, path: squares.join('') };
  }, [text]);
  return (
    <svg
      className={styles.qr}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={path} />
    </svg>
  );
}

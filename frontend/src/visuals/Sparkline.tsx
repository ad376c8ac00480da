import { useId, useMemo, useRef } from 'react';
import type { Result } from '../backend/types';
import { usePalette } from '../ui/theme';
import { sparkPath, sparkValues } from './sparkline';
import styles from './Card.module.css';
import { useSize } from './useSize';

/** The small line at the foot of a tile. Decoration: its change is written above it. */
export function Sparkline({ spark }: { spark: Result }) {
  const frame = useRef<HTMLDivElement>(null);
  const size = useSize(frame);
  const palette = usePalette();
  const gradient = useId();
  const color = palette.color.measure.main;
  const path = useMemo(() => (size ? sparkPath(sparkValues(spark), size) : null), [spark, size]);
  return (
    <div ref={frame} className={styles.spark} aria-hidden="true">
      {path && size && path.end && (
        <svg width={size.width} height={size.height}>
          <defs>
            <linearGradient id={gradient} x1="0" y1="0" x2="0" y2="1">
              <stop offset="0" stopColor={color} stopOpacity="0.18" />
              <stop offset="1" stopColor={color} stopOpacity="0" />
            </linearGradient>
          </defs>
          <path d={path.area} fill={`url(#${gradient})`} />
          <path d={path.line} fill="none" stroke={color} strokeWidth="1.75" strokeLinejoin="round" />
          <circle cx={path.end.x} cy={path.end.y} r="3" fill={color} />
        </svg>
      )}
    </div>
  );
}

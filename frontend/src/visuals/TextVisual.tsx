// A text on a page. Its words are drawn as elements, never as HTML. Its parts are never put into another order, so
// their places are their keys.
/* oxlint-disable react/no-array-index-key */
import { Fragment, useMemo } from 'react';
import { blocks, type Block, type Inline } from './markdown';
import styles from './TextVisual.module.css';

export function TextVisual({ text }: { text: string }) {
  const parts = useMemo(() => blocks(text), [text]);
  // The parts of a text have no other name than their place.
  return (
    <div className={styles.text}>
      {parts.map((block, i) => (
        <BlockElement key={i} block={block} />
      ))}
    </div>
  );
}

function BlockElement({ block }: { block: Block }) {
  switch (block.kind) {
    case 'heading':
      // The page and its visuals are headings one and two.
      if (block.level === 1) return <h3 className={styles.large}>{inlineElements(block.parts)}</h3>;
      if (block.level === 2) return <h4 className={styles.middle}>{inlineElements(block.parts)}</h4>;
      return <h5>{inlineElements(block.parts)}</h5>;
    case 'list': {
      const items = block.items.map((item, i) => <li key={i}>{inlineElements(item)}</li>);
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case 'rule':
      return <hr />;
    default:
      return (
        <p>
          {block.lines.map((line, i) => (
            <Fragment key={i}>
              {i > 0 && <br />}
              {inlineElements(line)}
            </Fragment>
          ))}
        </p>
      );
  }
}

function inlineElements(parts: readonly Inline[]) {
  return parts.map((part, i) => <InlineElement key={i} part={part} />);
}

function InlineElement({ part }: { part: Inline }) {
  switch (part.kind) {
    case 'strong':
      return <strong>{inlineElements(part.parts)}</strong>;
    case 'emphasis':
      return <em>{inlineElements(part.parts)}</em>;
    case 'code':
      return <code>{part.text}</code>;
    case 'link':
      return (
        <a href={part.href} target="_blank" rel="noopener noreferrer">
          {inlineElements(part.parts)}
        </a>
      );
    default:
      return <>{part.text}</>;
  }
}

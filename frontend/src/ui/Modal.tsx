// A dialog: it holds the focus, Esc closes it, and the focus begins where its content says.
import { Dialog, DialogSurface } from '@fluentui/react-components';
import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';

export interface ModalProps {
  /** Id of the heading that names it. */
  titleId: string;
  width: number;
  className?: string;
  /** A question that a click beside the dialog must not answer. */
  alert?: boolean;
  /** When this changes, the focus begins anew. */
  step?: string;
  close: () => void;
  children: ReactNode;
}

/** The focus begins at the element with `data-first-focus`, else at the first control. */
export function Modal({ titleId, width, className, alert, step, close, children }: ModalProps) {
  const surface = useRef<HTMLDivElement>(null);
  useFocusBack();
  return (
    <>
      <Dialog open modalType={alert ? 'alert' : 'modal'} onOpenChange={(_, data) => !data.open && close()}>
        <DialogSurface ref={surface} className={className} style={{ width }} aria-labelledby={titleId}>
          {children}
        </DialogSurface>
      </Dialog>
      <FirstFocus key={step} within={surface} />
    </>
  );
}

// Stands after the dialog, whose own first focus would come later otherwise.
function FirstFocus({ within }: { within: RefObject<HTMLElement | null> }) {
  useEffect(() => within.current?.querySelector<HTMLElement>('[data-first-focus]')?.focus(), [within]);
  return null;
}

// When it closes, the focus goes back to where it was before it opened.
function useFocusBack() {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (before instanceof HTMLElement && before.isConnected) window.setTimeout(() => before.focus());
    },
    [before],
  );
}

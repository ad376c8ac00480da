import { Checkmark20Regular } from '@fluentui/react-icons/svg/checkmark';
import { Copy20Regular } from '@fluentui/react-icons/svg/copy';
import { useEffect, useState } from 'react';
import { Button, type ButtonProps } from './Button';
import { copyText } from './clipboard';

/** A button that copies and says so for two seconds. */
export function CopyButton(props: { text: string; label: string; copied: string; look?: ButtonProps['look'] }) {
  const { text, label, copied, look } = props;
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return;
    const timer = window.setTimeout(() => setDone(false), 2000);
    return () => window.clearTimeout(timer);
  }, [done]);
  return (
    <Button look={look} icon={done ? <Checkmark20Regular /> : <Copy20Regular />} onClick={async () => setDone(await copyText(text))}>
      <span aria-live="polite">{done ? copied : label}</span>
    </Button>
  );
}

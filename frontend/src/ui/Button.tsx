// The buttons of the design language: Fluent's control, five looks, one primary per screen.
import { Button as FluentButton, type ButtonProps as FluentProps } from '@fluentui/react-components';
import type { Ref } from 'react';

type Native = Omit<Extract<FluentProps, { as?: 'button' }>, 'appearance' | 'size' | 'shape'>;

export type ButtonProps = Native & {
  ref?: Ref<HTMLButtonElement>;
  /** `sun` starts Get Data and nothing else; `danger` deletes; `link` stands in a line of text. */
  look?: 'secondary' | 'primary' | 'sun' | 'danger' | 'subtle' | 'link';
  size?: 'small' | 'medium' | 'large';
};

export function Button({ look = 'secondary', size = 'medium', className, ...rest }: ButtonProps) {
  const classes = [`sl-${look}`, `sl-${size}`, rest.icon && rest.children === undefined && 'sl-icon', className];
  return <FluentButton type="button" {...rest} className={classes.filter(Boolean).join(' ')} />;
}

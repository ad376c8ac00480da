// Fluent's own tokens, filled from ours, so that its controls look like the rest of the screen.
import { createDarkTheme, createLightTheme, type BrandVariants, type Theme } from '@fluentui/react-components';
import { palettes, tokens, type Mode, type Palette } from './palette';

// Sixteen steps of the indigo from near black to near white; step 80 is the primary fill in the light theme.
const ramp: BrandVariants = {
  10: '#0B0C24', 20: '#15173F', 30: '#1E2158', 40: '#272B71', 50: '#2E3288', 60: '#333898', 70: '#3E44B4', 80: '#4A50C7',
  90: '#6067DB', 100: '#7178E8', 110: '#8288F5', 120: '#969CFB', 130: '#AAB0FF', 140: '#C4C8FF', 150: '#DADCFF', 160: '#EEEFFC',
};

const { scale } = tokens.font;
const px = (n: number) => `${n}px`;

const shape: Partial<Theme> = {
  fontFamilyBase: tokens.font.family,
  fontFamilyNumeric: tokens.font.family,
  fontFamilyMonospace: tokens.font.mono,
  fontSizeBase100: px(scale.axis.size),
  lineHeightBase100: px(scale.axis.line),
  fontSizeBase200: px(scale.caption.size),
  lineHeightBase200: px(scale.caption.line),
  fontSizeBase300: px(scale.body.size),
  lineHeightBase300: px(scale.body.line),
  fontSizeBase400: px(scale.subtitle.size),
  lineHeightBase400: px(scale.subtitle.line),
  fontSizeBase500: px(scale.title.size),
  lineHeightBase500: px(scale.title.line),
  fontSizeHero700: px(scale.display.size),
  lineHeightHero700: px(scale.display.line),
  borderRadiusSmall: '4px',
  borderRadiusMedium: px(tokens.radius.control),
  borderRadiusLarge: px(tokens.radius.card),
  borderRadiusXLarge: px(tokens.radius.dialog),
  durationFaster: `${tokens.motion.fast.ms}ms`,
  durationNormal: `${tokens.motion.normal.ms}ms`,
  durationGentle: `${tokens.motion.slow.ms}ms`,
  // Fluent moves its menus and popovers with these two.
  durationSlow: `${tokens.motion.normal.ms}ms`,
  durationSlower: `${tokens.motion.normal.ms}ms`,
  curveEasyEase: tokens.motion.ease,
  curveDecelerateMid: tokens.motion.ease,
};

function surfaces({ color: { neutral: n } }: Palette): Partial<Theme> {
  return {
    colorNeutralBackground1: n.raised,
    colorNeutralBackground1Hover: n.hover,
    colorNeutralBackground1Pressed: n.pressed,
    colorNeutralBackground1Selected: n.selected,
    colorNeutralBackground2: n.pane,
    colorNeutralBackground3: n.canvas,
    colorNeutralBackground6: n.pressed,
    colorNeutralBackgroundDisabled: n.pressed,
    colorSubtleBackgroundHover: n.hover,
    colorSubtleBackgroundPressed: n.pressed,
    colorSubtleBackgroundSelected: n.selected,
    colorBackgroundOverlay: n.scrim,
    colorNeutralStencil1: n.pressed,
    colorNeutralStencil2: n.hover,
    colorNeutralStroke1: n.stroke2,
    colorNeutralStroke1Hover: n.stroke2,
    colorNeutralStroke1Pressed: n.strokeControl,
    colorNeutralStroke2: n.stroke1,
    colorNeutralStroke3: n.grid,
    colorNeutralStrokeAccessible: n.strokeControl,
    colorNeutralStrokeAccessibleHover: n.text3,
    colorNeutralStrokeAccessiblePressed: n.text3,
    colorNeutralStrokeDisabled: n.stroke1,
  };
}

function inks({ color: { neutral: n, brand, status } }: Palette): Partial<Theme> {
  return {
    colorNeutralForeground1: n.text1,
    colorNeutralForeground1Hover: n.text1,
    colorNeutralForeground1Pressed: n.text1,
    colorNeutralForeground1Selected: n.text1,
    colorNeutralForeground2: n.text2,
    colorNeutralForeground2Hover: n.text1,
    colorNeutralForeground2Pressed: n.text1,
    colorNeutralForeground2Selected: n.text1,
    colorNeutralForeground2BrandHover: n.text1,
    colorNeutralForeground2BrandPressed: n.text1,
    colorNeutralForeground2BrandSelected: brand.text,
    colorNeutralForeground3: n.text3,
    colorNeutralForeground3Hover: n.text2,
    colorNeutralForeground4: n.text3,
    colorNeutralForegroundDisabled: n.disabled,
    colorBrandForeground1: brand.text,
    colorBrandForeground2: brand.text,
    colorBrandForegroundLink: brand.text,
    colorBrandForegroundLinkHover: brand.text,
    colorBrandForegroundLinkPressed: brand.text,
    colorCompoundBrandForeground1: brand.text,
    colorCompoundBrandForeground1Hover: brand.text,
    colorCompoundBrandForeground1Pressed: brand.text,
    colorNeutralForegroundOnBrand: brand.onFill,
    colorPaletteRedForeground1: status.danger,
    colorPaletteRedForeground3: status.danger,
    colorPaletteRedBorder2: status.danger,
  };
}

function brandAndDepth({ color: { brand, neutral }, elevation }: Palette): Partial<Theme> {
  return {
    colorBrandBackground: brand.fill,
    colorBrandBackgroundHover: brand.fillHover,
    colorBrandBackgroundPressed: brand.fillPressed,
    colorBrandBackgroundSelected: brand.fillPressed,
    colorCompoundBrandBackground: brand.fill,
    colorCompoundBrandBackgroundHover: brand.fillHover,
    colorCompoundBrandBackgroundPressed: brand.fillPressed,
    colorCompoundBrandStroke: brand.text,
    colorCompoundBrandStrokeHover: brand.text,
    colorCompoundBrandStrokePressed: brand.text,
    colorBrandStroke1: brand.text,
    colorBrandStroke2Contrast: neutral.pressed,
    colorBrandBackground2: brand.tint,
    colorStrokeFocus1: neutral.raised,
    colorStrokeFocus2: brand.focus,
    shadow4: elevation.hover,
    shadow16: elevation.menu,
    shadow64: elevation.dialog,
  };
}

function build(mode: Mode): Theme {
  const base = mode === 'dark' ? createDarkTheme(ramp) : createLightTheme(ramp);
  const palette = palettes[mode];
  return { ...base, ...shape, ...surfaces(palette), ...inks(palette), ...brandAndDepth(palette) };
}

/** Fluent's themes for both modes. */
export const fluentThemes: Readonly<Record<Mode, Theme>> = { light: build('light'), dark: build('dark') };

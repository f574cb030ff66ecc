import {
  type ActionIconProps,
  type ButtonProps,
  type CheckboxProps,
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type DrawerProps,
  Input,
  type MantineColorsTuple,
  type MenuProps,
  type ModalProps,
  type PasswordInputProps,
  type SelectProps,
  type TextInputProps,
  type TooltipProps,
} from '@mantine/core';

/** Two tints per scheme are all that Mantine's own states need; everything else reads tokens.css. */
const accent: MantineColorsTuple = ['#e9effb', '#d3defa', '#b4c8f5', '#8fabe6', '#86a9f7', '#4f7add', '#2b59c3', '#234ba8', '#1d3f8d', '#173372'];

/** The surfaces of the dark scheme, in Mantine's order from text to ground. */
const dark: MantineColorsTuple = ['#e8edf3', '#b4bfcd', '#97a4b5', '#6c7a8d', '#2a3441', '#232c38', '#1d2530', '#171d26', '#10151c', '#0c1117'];

/** How a component is used unless a page says otherwise; by its name, so that the first load has only the components that it shows. */
const usual = <Props>(defaultProps: Partial<Props>) => ({ defaultProps });

/** Mantine knows five sizes of each; the design has three text sizes and one radius, so several map to the same. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 4 },
  // The accent is light in the dark scheme, so what stands on it must be dark there.
  variantColorResolver: (input) => ({
    ...defaultVariantColorsResolver(input),
    ...(input.variant === 'filled' && (input.color === undefined || input.color === 'accent') ? { color: 'var(--qh-accent-ink)' } : {}),
    ...(input.variant === 'filled' && input.color === 'red' ? { color: 'var(--qh-surface)' } : {}),
  }),
  colors: { accent, dark },
  fontFamily: 'var(--qh-font)',
  fontFamilyMonospace: 'var(--qh-mono)',
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '20px', xl: '20px' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.4', lg: '1.3', xl: '1.3' },
  spacing: { xs: '4px', sm: '8px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '3px', sm: '6px', md: '6px', lg: '6px', xl: '6px' },
  defaultRadius: 'sm',
  headings: {
    fontFamily: 'var(--qh-font)',
    fontWeight: '600',
    sizes: { h1: { fontSize: '20px', lineHeight: '1.3' }, h2: { fontSize: '14px', lineHeight: '1.4' }, h3: { fontSize: '14px', lineHeight: '1.4' } },
  },
  components: {
    Button: usual<ButtonProps>({ size: 'xs' }),
    ActionIcon: usual<ActionIconProps>({ variant: 'subtle', color: 'gray', size: 'md' }),
    TextInput: usual<TextInputProps>({ size: 'xs' }),
    PasswordInput: usual<PasswordInputProps>({ size: 'xs' }),
    Select: usual<SelectProps>({ size: 'xs', checkIconPosition: 'right' }),
    Tooltip: usual<TooltipProps>({ openDelay: 300, withArrow: true, events: { hover: true, focus: true, touch: false } }),
    Menu: usual<MenuProps>({ shadow: 'md', position: 'bottom-end' }),
    Drawer: usual<DrawerProps>({ overlayProps: { backgroundOpacity: 0.25 } }),
    Checkbox: usual<CheckboxProps>({ size: 'xs', radius: 'xs' }),
    InputWrapper: Input.Wrapper.extend({
      defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] },
      vars: () => ({
        success: {},
        label: { '--input-label-size': '12px' },
        error: { '--input-error-size': '12px' },
        description: { '--input-description-size': '12px' },
      }),
    }),
    Modal: usual<ModalProps>({ overlayProps: { backgroundOpacity: 0.35 }, centered: true }),
  },
});

const schemeVariables = {
  '--mantine-color-body': 'var(--qh-surface)',
  '--mantine-color-text': 'var(--qh-ink)',
  '--mantine-color-dimmed': 'var(--qh-ink-3)',
  '--mantine-color-placeholder': 'var(--qh-ink-3)',
  '--mantine-color-default': 'var(--qh-surface)',
  '--mantine-color-default-hover': 'var(--qh-sunken)',
  '--mantine-color-default-color': 'var(--qh-ink)',
  '--mantine-color-default-border': 'var(--qh-line)',
  '--mantine-color-anchor': 'var(--qh-accent)',
  '--mantine-color-error': 'var(--qh-bad)',
  '--mantine-color-red-outline': 'var(--qh-bad)',
  '--mantine-color-red-outline-hover': 'var(--qh-bad-soft)',
  '--mantine-color-red-filled': 'var(--qh-bad)',
  '--mantine-color-red-filled-hover': 'var(--qh-bad)',
  '--mantine-color-gray-light-color': 'var(--qh-ink-2)',
  '--mantine-primary-color-filled': 'var(--qh-accent)',
  '--mantine-primary-color-contrast': 'var(--qh-accent-ink)',
  '--mantine-color-accent-filled': 'var(--qh-accent)',
  '--mantine-color-accent-light': 'var(--qh-accent-soft)',
  '--mantine-color-accent-light-color': 'var(--qh-accent)',
  '--mantine-color-accent-outline': 'var(--qh-accent)',
  '--mantine-color-accent-text': 'var(--qh-accent)',
};

export const variables: CSSVariablesResolver = () => ({ variables: {}, light: schemeVariables, dark: schemeVariables });

/** The mark that tells scopes apart, for the compiler and at run time. It does not leave this package. */
export const plane = Symbol('plane');

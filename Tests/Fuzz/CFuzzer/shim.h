// libFuzzer's loop as a function, for programs with a main of their own. No header of the toolchain declares it.
// https://llvm.org/docs/LibFuzzer.html#using-libfuzzer-as-a-library
#include <stddef.h>
#include <stdint.h>
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*callback)(const uint8_t *data, size_t size));
// Hidden by glibc from programs that do not ask for GNU's extensions.
int memfd_create(const char *name, unsigned int flags);

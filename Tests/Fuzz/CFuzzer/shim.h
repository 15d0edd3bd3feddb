// libFuzzer's functions, which no header of the toolchain declares.
// https://llvm.org/docs/LibFuzzer.html#using-libfuzzer-as-a-library
#include <stddef.h>
#include <stdint.h>
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*callback)(const uint8_t *data, size_t size));
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
// Hidden by glibc from programs that do not ask for GNU's extensions.
int memfd_create(const char *name, unsigned int flags);

/* SPDX-License-Identifier: MIT */
/* Usage: load_library LIBRARY. Loads libspiral.so at run time and calls it. */
#include <dlfcn.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    void *library = argc == 2 ? dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) : NULL;
    const char *(*version)(void) = NULL;

    if (library != NULL)
        *(void **)&version = dlsym(library, "spiral_version");

    if (version == NULL) {
        fprintf(stderr, "load_library: %s\n", dlerror());
        return 1;
    }

    printf("%s\n", version());
    return dlsym(library, "spiral_step") == NULL && dlclose(library) == 0 ? 0 : 1;
}

#include "assets.h"

// `#embed` is C23; the compiler that comes with Swift has it in every language mode.
#pragma clang diagnostic ignored "-Wc23-extensions"

#include "assets.inc"

size_t guanxi_asset_count(void) {
  return sizeof assets / sizeof *assets;
}

const struct guanxi_asset *guanxi_asset_at(size_t index) {
  return index < guanxi_asset_count() ? &assets[index] : NULL;
}

#ifndef GUANXI_ASSETS_H
#define GUANXI_ASSETS_H

#include <stddef.h>

/// A file carried inside the binary.
struct guanxi_asset {
  /// What it is asked for by, such as `app.css`. Names that begin with `data/` are not for serving.
  const char *name;
  const unsigned char *bytes;
  size_t count;
};

/// How many files the binary carries.
size_t guanxi_asset_count(void);

/// The file at `index`, in the order of names; NULL past the end.
const struct guanxi_asset *guanxi_asset_at(size_t index);

#endif

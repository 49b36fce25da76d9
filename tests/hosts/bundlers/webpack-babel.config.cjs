// Everything built down to ES5, the package included, as older set-ups do.

module.exports = {
  mode: "production",
  target: ["web", "es5"],
  performance: { hints: false },
  module: {
    rules: [
      {
        test: /\.m?js$/,
        // Only what Babel must not translate: its own helpers.
        exclude: /node_modules\/@babel/,
        use: {
          loader: "babel-loader",
          options: { presets: ["@babel/preset-env"], sourceType: "unambiguous" },
        },
      },
    ],
  },
};

#compdef codecatalyst-pat
# Completion for codecatalyst-pat in zsh. In ~/.zshrc, after compinit:
#   eval "$(codecatalyst-pat completion zsh)"

_codecatalyst_pat() {
  local line
  local -a candidates
  for line in "${(@f)$("${(Q)words[1]}" __complete -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n $line ]] && candidates+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
  done
  _describe codecatalyst-pat candidates
}

compdef _codecatalyst_pat codecatalyst-pat

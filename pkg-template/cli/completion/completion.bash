# Completion for codecatalyst-pat in bash 3.2 and newer. In ~/.bashrc:
#   eval "$(codecatalyst-pat completion bash)"

_codecatalyst_pat() {
  local candidate
  COMPREPLY=()
  while IFS=$'\t' read -r candidate _; do
    COMPREPLY+=("$(printf '%q' "$candidate")")
  done < <("$1" __complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}

complete -F _codecatalyst_pat codecatalyst-pat

# Completion for codecatalyst-pat in fish. In ~/.config/fish/config.fish:
#   codecatalyst-pat completion fish | source

function __codecatalyst_pat_candidates
    set -l words (commandline -opc) (commandline -ct)
    $words[1] __complete -- $words[2..] 2>/dev/null
end

complete -c codecatalyst-pat -f -a '(__codecatalyst_pat_candidates)'
